// Streams of events (text/event-stream), event by event.

'use strict';

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

/** What the lines up to an empty one say; undefined for a comment. */
function eventOf(lines) {
    const fields = { event: 'message' };
    for (const line of lines.split('\n').filter(one => one && !one.startsWith(':'))) {
        const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
        fields[name] = name === 'data' && 'data' in fields ? `${fields.data}\n${value}` : value;
    }
    const { id, event, data } = fields;
    return data === undefined ? undefined : { ...id !== undefined && { id }, event, data: parse(data) };
}

/** The events of a reply, as they come; it is closed when nobody wants more of them. */
async function* eventsOf(incoming) {
    let rest = '';
    for await (const chunk of incoming.setEncoding('utf8')) {
        const parts = (rest + chunk).replaceAll('\r\n', '\n').split('\n\n');
        rest = parts.pop();
        for (const event of parts.map(eventOf))
            if (event)
                yield event;
    }
}

module.exports = { eventsOf };
