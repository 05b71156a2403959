// The admin token, which stays in this tab, and the headers that carry it.

const KEY = 'duvo-mock admin token';

export const token = {
    get: () => sessionStorage.getItem(KEY),
    set: value => sessionStorage.setItem(KEY, value),
    drop: () => sessionStorage.removeItem(KEY),
};

export const headers = more => ({ ...token.get() && { authorization: `Bearer ${token.get()}` }, ...more });
