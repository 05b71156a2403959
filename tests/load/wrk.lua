-- The load generator's script. Its last line of output is one JSON object with all that the benchmark wants
-- to know. What follows -- on wrk's command line says which requests are made:
--     nothing                           a GET of the URL, always the same
--     create KEY RUN                    POSTs; each body has a name that no other has
--     post KEY RUN PATH BODY            POSTs, always the same
--     walk KEY RUN FORMAT FROM COUNT    GETs of FORMAT with a number, COUNT of them from FROM on
--     patch KEY RUN FORMAT FROM COUNT   PATCHes of them, each with another name
--     delete KEY RUN FORMAT FROM COUNT  DELETEs of them, none twice: THREADS share them out
--     keys KEY RUN PATH FROM COUNT      GETs of PATH, by the holder of another key each time: KEY is a format, too
--     mixed KEY RUN FORMAT FROM COUNT   nine GETs of them, then a PATCH

local STRIDE = 7919     -- a prime: every number is visited before one comes again
local THREADS = 2       -- as many as wrk.mjs asks for
local READS = 9         -- to one write, in mixed
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

local function post_head(key, path, length)
    return "POST " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. key ..
        "\r\nContent-Type: application/json\r\nContent-Length: " .. length .. "\r\n\r\n"
end

local function post(args)
    local whole = post_head(args[2], args[4], #args[5]) .. args[5]

    return function() return whole end
end

local function create(args)
    local body = '{"name":"bench %s-%02d-%09d","provider":"user","auth_method":"url",' ..
        '"server_url":"https://mcp.example.com/mcp"}'
    local run, thread, count = args[3], number, 0
    local head = post_head(args[2], "/v1/connections", #string.format(body, run, thread, 0))

    return function()
        count = count + 1
        return head .. string.format(body, run, thread, count)
    end
end

-- A function that answers the next request for one of the numbered paths.
local function numbered(args, method, body)
    local format = args[4]
    local tail = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. args[2] .. "\r\n"

    if body then
        tail = tail .. "Content-Type: application/json\r\nContent-Length: " .. #string.format(body, 0) .. "\r\n"
    end
    return function(at)
        return method .. " " .. string.format(format, at, at) .. tail .. "\r\n" .. (body and string.format(body, at) or "")
    end
end

-- Numbers of the range, where this run and thread begin; all of them before one comes again.
local function numbers(args)
    local from, count = tonumber(args[5]), tonumber(args[6])
    local at = (tonumber(args[3]) * 31 + number * math.floor(count / 2)) % count

    return function()
        at = (at + STRIDE) % count
        return from + at
    end
end

-- This thread's part of the range: no number comes twice, until all have come.
local function own_numbers(args)
    local count = math.floor(tonumber(args[6]) / THREADS)
    local from, at = tonumber(args[5]) + number * count, 0

    return function()
        at = (at + STRIDE) % count
        return from + at
    end
end

local RENAMED = '{"name":"Bench connection renamed %09d"}'

local function walk(args)
    local next_number, get = numbers(args), numbered(args, "GET")

    return function() return get(next_number()) end
end

local function keys(args)
    local next_number, get = numbers(args), "GET " .. args[4] .. " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. args[2] ..
        "\r\n\r\n"

    return function() return string.format(get, next_number()) end
end

local function patch(args)
    local next_number, change = numbers(args), numbered(args, "PATCH", RENAMED)

    return function() return change(next_number()) end
end

local function delete(args)
    local next_number, remove = own_numbers(args), numbered(args, "DELETE")

    return function() return remove(next_number()) end
end

local function mixed(args)
    local next_number, get, change, count = numbers(args), numbered(args, "GET"), numbered(args, "PATCH", RENAMED), 0

    return function()
        count = count + 1
        return (count % (READS + 1) == 0 and change or get)(next_number())
    end
end

local kinds = {create = create, post = post, walk = walk, keys = keys, patch = patch, delete = delete, mixed = mixed}

function init(args)
    if kinds[args[1]] then
        request = kinds[args[1]](args)
    end
end

function done(summary, latency)
    local e = summary.errors
    io.write(string.format(
        '{"requests":%d,"bytes":%d,"seconds":%.6f,"p50_us":%.1f,"p99_us":%.1f,"max_us":%.1f,' ..
        '"connect":%d,"read":%d,"write":%d,"timeout":%d,"status":%d}\n',
        summary.requests, summary.bytes, summary.duration / 1e6, latency:percentile(50),
        latency:percentile(99), latency.max, e.connect, e.read, e.write, e.timeout, e.status))
end
