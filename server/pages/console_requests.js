// What can be made of a request.

export const nothing = undefined;
