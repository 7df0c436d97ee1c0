-- The requests that graphql.sh has wrk send, and what they took as a line of numbers. The bodies are those that
-- graphql.mjs has compared the answers to, with NUMBER and NAME for what differs.
local headers, body, tag
local count, threads = 0, {}
refused = 0

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  headers = { ["Authorization"] = "Bearer " .. arguments[2], ["Content-Type"] = "application/json", ["Accept"] = "application/graphql-response+json, application/json" }
  tag = arguments[3]
  local file = assert(io.open(os.getenv("BODIES") .. "/" .. arguments[4] .. "." .. arguments[1]))
  body = file:read("*a")
  file:close()
end

function request()
  count = count + 1
  return wrk.format("POST", "/graphql", headers, (body:gsub("NUMBER", count * 7919 % 10000 + 1):gsub("NAME", tag .. "-" .. count)))
end

-- GraphQL says no with the status 200 too.
function response(status, _, answer)
  if status == 200 and answer:find('"errors"', 1, true) then
    refused = refused + 1
  end
end

-- Requests, seconds, microseconds of the median and of the 99th percentile, answers that say no, and requests without any.
function done(summary, latency)
  local errors = summary.errors
  for _, thread in ipairs(threads) do
    errors.status = errors.status + thread:get("refused")
  end
  print(string.format("figures %d %.6f %d %d %d %d", summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
