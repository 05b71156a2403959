/** A head as it came: redacted, in order. */
export interface JournalHeader {
    name: string;
    value: string;
}

/** One half of an exchange, redacted. */
export interface JournalMessage {
    headers: JournalHeader[];
    body: unknown;
    /** The journal dropped the body for want of room. */
    body_lost?: boolean;
}

/** One request of the journal. */
export interface JournalEntry {
    id: string;
    at: string;
    /** client, or self: the mock, calling a server that it plays. */
    origin: string;
    /** E-mail address of the person whose key was sent. */
    key: string | null;
    method: string;
    path: string;
    operation: string | null;
    /** 0: none left, the connection was broken. */
    status: number;
    broken: string | null;
    fault: string | null;
    duration_us: number;
    request: JournalMessage;
    reply: JournalMessage;
    warning: string | null;
}
