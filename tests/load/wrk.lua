-- The load generator's script. Its last line of output is one JSON object with all that the benchmark wants
-- to know. What follows -- on wrk's command line says which requests are made:
--     nothing                           a GET of the URL, always the same
--     create KEY RUN                    POSTs; each body has a name that no other has
--     walk KEY RUN FORMAT FROM COUNT    GETs of FORMAT with a number, COUNT of them from FROM on

local STRIDE = 7919     -- a prime: every number is visited before one comes again
local threads = 0

function setup(thread)
    thread:set("number", threads)
    threads = threads + 1
end

local function create(args)
    local body = '{"name":"bench %s-%02d-%09d","provider":"user","auth_method":"url",' ..
        '"server_url":"https://mcp.example.com/mcp"}'
    local run, thread, count = args[3], number, 0
    local length = #string.format(body, run, thread, 0)
    local head = "POST /v1/connections HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. args[2] ..
        "\r\nContent-Type: application/json\r\nContent-Length: " .. length .. "\r\n\r\n"

    return function()
        count = count + 1
        return head .. string.format(body, run, thread, count)
    end
end

local function walk(args)
    local format, from, count = args[4], tonumber(args[5]), tonumber(args[6])
    local at = (tonumber(args[3]) * 31 + number * math.floor(count / 2)) % count
    local head = " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " .. args[2] .. "\r\n\r\n"

    return function()
        at = (at + STRIDE) % count
        return "GET " .. string.format(format, from + at, from + at) .. head
    end
end

function init(args)
    if args[1] == "create" then
        request = create(args)
    elseif args[1] == "walk" then
        request = walk(args)
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
