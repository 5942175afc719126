-- Gives envelopes the next offsets of a channel, keeps them in its stream, and announces each: one step, all or nothing.
-- KEYS  1 state (hash)  2 stream  3 kept (list: "bytes ms eventId" per frame, oldest first)  4 event ids (hash)  5 answer to an idempotency key
-- ARGV  1 channel to announce on        2 epoch to begin if there is none   3 frames kept   4 bytes kept   5 ms kept
--       6 1: an event id that is kept makes a duplicate    7 epoch that it has to be in, or ''   8 fingerprint, '' without an idempotency key
--       9 1: the last envelope ends the channel   10 1: a second try, so look for what the first has done
--      11, 12 epoch and newest offset that the caller knows of, or '' and 0      then three per envelope: event id, bytes, envelope
-- Answers {status, epoch, 1 if an earlier answer is repeated, then per envelope: offset, 1 if a duplicate, event id}
local state, stream, kept, ids, answer = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local KEY_MS, STATE_MS = 300000, 2592000000
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local s = redis.call('HMGET', state, 'epoch', 'newest', 'bytes', 'ended')
local epoch, newest, bytes, ended = s[1], tonumber(s[2] or 0), tonumber(s[3] or 0), s[4]

if ARGV[8] ~= '' then
  local first = redis.call('GET', answer)
  if first then
    first = cmsgpack.unpack(first)
    if first[1] ~= ARGV[8] then return {'key_conflict', epoch or '', 0} end
    local repeated = {'done', first[2], 1}
    for i = 3, #first do repeated[#repeated + 1] = first[i] end
    return repeated
  end
end

-- A server that has come back without what it had accepted has lost history, and that is a new epoch.
local lost = epoch and epoch == ARGV[11] and newest < tonumber(ARGV[12])
if not epoch or lost then
  if ARGV[7] ~= '' then return {'epoch_changed', epoch or '', 0} end
  redis.call('DEL', stream, kept, ids)
  redis.call('HDEL', state, 'ended', 'version')
  epoch, bytes, ended = ARGV[2], 0, false
  newest = lost and tonumber(ARGV[12]) or 0
  redis.call('HSET', state, 'epoch', epoch, 'newest', newest)
end
if ARGV[7] ~= '' and ARGV[7] ~= epoch then return {'epoch_changed', epoch, 0} end

local length = redis.call('LLEN', kept)
if length == 0 then bytes = 0 end
local dedupes = ARGV[6] == '1'
local known = {}
if ARGV[10] == '1' then
  local recent = redis.call('LRANGE', kept, -1000, -1)
  for i, entry in ipairs(recent) do known[string.match(entry, '^%S+ %S+ (.*)$')] = newest - #recent + i end
end

local count = (#ARGV - 12) / 3
if ended then
  for i = 0, count - 1 do
    local id = ARGV[13 + i * 3]
    if not known[id] and not (dedupes and redis.call('HEXISTS', ids, id) == 1) then return {'ended', epoch, 0} end
  end
end

local function drop()
  local size, ms, id = string.match(redis.call('LPOP', kept), '^(%S+) (%S+) (.*)$')
  bytes, length = bytes - tonumber(size), length - 1
  if dedupes then redis.call('HDEL', ids, id) end
end

local reply, appended, last = {'done', epoch, 0}, 0, false
for i = 0, count - 1 do
  local id, size, envelope = ARGV[13 + i * 3], ARGV[14 + i * 3], ARGV[15 + i * 3]
  local before = known[id]
  local duplicate = 0
  if not before and dedupes then
    before = redis.call('HGET', ids, id)
    duplicate = before and 1 or 0
  end
  last = not before
  if before then
    reply[#reply + 1] = tonumber(before)
  else
    newest, bytes, length, appended = newest + 1, bytes + tonumber(size), length + 1, appended + 1
    redis.call('XADD', stream, newest .. '-0', 'e', envelope, 't', now, 'i', id)
    redis.call('RPUSH', kept, size .. ' ' .. now .. ' ' .. id)
    if dedupes then redis.call('HSET', ids, id, newest) end
    while length > 2 and (length > tonumber(ARGV[3]) or bytes > tonumber(ARGV[4])) do drop() end
    reply[#reply + 1] = newest
    local ends = ARGV[9] == '1' and i == count - 1 and 1 or 0
    redis.call('PUBLISH', ARGV[1], 'A ' .. epoch .. ' ' .. newest .. ' ' .. now .. ' ' .. ends .. '\n' .. envelope)
  end
  reply[#reply + 1] = duplicate
  reply[#reply + 1] = id
end

if appended > 0 then
  local oldest = redis.call('LINDEX', kept, 0)
  while length > 2 and tonumber(string.match(oldest, '^%S+ (%S+)')) < now - tonumber(ARGV[5]) do
    drop()
    oldest = redis.call('LINDEX', kept, 0)
  end
  redis.call('XTRIM', stream, 'MINID', (newest - length + 1) .. '-0')
  redis.call('HSET', state, 'newest', newest, 'bytes', bytes)
  if ARGV[9] == '1' and last then redis.call('HSET', state, 'ended', newest) end
  redis.call('PEXPIRE', state, STATE_MS)
  redis.call('PEXPIRE', stream, ARGV[5])
  redis.call('PEXPIRE', kept, ARGV[5])
  if dedupes then redis.call('PEXPIRE', ids, ARGV[5]) end
end
if ARGV[8] ~= '' and not ended then
  local once = {ARGV[8], epoch}
  for i = 4, #reply do once[#once + 1] = reply[i] end
  redis.call('SET', answer, cmsgpack.pack(once), 'PX', KEY_MS)
end
return reply
