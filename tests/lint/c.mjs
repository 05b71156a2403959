// Just enough of C for the rules: text without comments and strings, include lines, statements of an X-macro list.

/** The text with every comment, and the inside of every string if wanted, blanked; lines and columns stay. */
export function strip(text, strings = true) {
    const blank = part => part.replace(/[^\n]/g, ' ');
    return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, token => {
        if (token.startsWith('/'))
            return blank(token);
        return strings ? token[0] + blank(token.slice(1, -1)) + token[0] : token;
    });
}

/** [{ line, name, system }] of the include lines. */
export function includes(text) {
    return strip(text, false).split('\n').flatMap((line, index) => {
        const found = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(line);
        return found ? [{ line: index + 1, name: found[2], system: found[1] === '<' }] : [];
    });
}

/** Line number of an offset. */
export function lineAt(text, offset) {
    return text.slice(0, offset).split('\n').length;
}

/** The entries NAME(…) of a list: [{ line, name: what comes first in it, sql: its strings joined, comment: what follows on its last line }]. */
export function entries(text) {
    const bare = strip(text);
    const found = [];
    const start = /^[A-Z]\w*\(/gm;
    for (let match; (match = start.exec(bare));) {
        let end = start.lastIndex;
        for (let depth = 1; depth > 0 && end < bare.length; end++)
            depth += bare[end] === '(' ? 1 : bare[end] === ')' ? -1 : 0;
        const body = strip(text, false).slice(start.lastIndex, end - 1);
        const sql = [...body.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(part => part[1]).join('');
        const rest = text.slice(end).split('\n')[0];
        const name = /^\s*(\w*)/.exec(body)[1];
        found.push({ line: lineAt(text, match.index), name, sql, comment: rest.trim() });
        start.lastIndex = end;
    }
    return found;
}
