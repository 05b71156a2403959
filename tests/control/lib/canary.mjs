// Secrets that can be told wherever they turn up: each has a core of its own that no encoding in use hides.

import { randomBytes } from 'node:crypto';

const MARK = 'CnryCnry';

/** How base64 writes the mark, whatever stands before it: the digits that depend on the mark alone. */
function base64Forms(text) {
    return [0, 1, 2].map(before => {
        const digits = Buffer.from(' '.repeat(before) + text).toString('base64').replace(/=+$/, '');
        const from = Math.ceil(before * 8 / 6), to = Math.floor((before + text.length) * 8 / 6);
        return digits.slice(from, to);
    });
}

function escaped(text) {
    return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function patternOf(text) {
    const forms = [text, ...base64Forms(text), ...base64Forms(text).map(one => one.replaceAll('+', '-').replaceAll('/', '_')),
        Buffer.from(text).toString('hex'), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)];
    return [...new Set(forms)].map(escaped).join('|');
}

const MARKED = new RegExp(`(?:${patternOf(MARK)}).{0,40}`, 'gi');

export class Canaries {
    constructor() {
        this.labels = new Map();
        this.generated = new Map();
    }

    /** A secret: its core twice, with what needs escaping between, so that a part of it is told as well. */
    plant(label) {
        return `${this.word(label)}"\\/+ %&=<${this.word(label)}`;
    }

    /** One that is a word: letters and digits alone. */
    word(label) {
        const core = MARK + randomBytes(6).toString('hex');
        this.labels.set(core.slice(MARK.length), label);
        return core;
    }

    /** One that the mock made: a code, a state, a token. */
    made(label, value) {
        if (typeof value !== 'string' || value.length < 8)
            throw new Error(`${label} is no secret: ${value}`);
        this.generated.set(value, label);
        return value;
    }

    labelOf(hit) {
        const digits = /CnryCnry([0-9a-f]{12})/i.exec(hit)?.[1];
        return digits ? this.labels.get(digits) : 'an encoded secret';
    }

    /** What of them is in the text: [{ label, around }]. */
    find(text) {
        const found = [...text.matchAll(MARKED)].map(hit => ({
            label: this.labelOf(hit[0]),
            around: text.slice(Math.max(0, hit.index - 120), hit.index + 60),
        }));
        for (const [value, label] of this.generated) {
            const hit = text.search(this.patterns(value));
            if (hit >= 0)
                found.push({ label, around: text.slice(Math.max(0, hit - 120), hit + 60) });
        }
        return found;
    }

    patterns(value) {
        this.cache ??= new Map();
        if (!this.cache.has(value))
            this.cache.set(value, new RegExp(patternOf(value)));
        return this.cache.get(value);
    }
}
