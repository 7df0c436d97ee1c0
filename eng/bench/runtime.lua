-- The requests that runtime.sh has wrk send, and what they took as a line of numbers.
local operation, headers, tag
local count = 0

function init(arguments)
  operation, tag = arguments[1], arguments[3]
  headers = { ["Authorization"] = "Bearer " .. arguments[2], ["Content-Type"] = "application/json" }
end

function request()
  count = count + 1
  if operation == "get" then
    return wrk.format("GET", "/api/items/" .. (count * 7919 % 10000 + 1), headers)
  elseif operation == "list" then
    return wrk.format("GET", "/api/items?limit=50", headers)
  end
  -- A new item each time, or the same one again and again.
  local type = operation == "post" and tag .. "-" .. count or tag
  return wrk.format("POST", "/api/items", headers, '{"item_type":"' .. type .. '","quantity":3,"value":12.5,"metadata":{"color":"red"}}')
end

-- Requests, seconds, microseconds of the median and of the 99th percentile, answers that say no, and requests without any.
function done(summary, latency)
  local errors = summary.errors
  print(string.format("figures %d %.6f %d %d %d %d", summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
