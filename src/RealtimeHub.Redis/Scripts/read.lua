-- Reads on in a channel, and begins its first epoch where it has none.
-- KEYS  1 state  2 stream  3 kept  4 event ids
-- ARGV  1 epoch to begin if there is none  2 epoch that the reader is in  3 its newest offset  4 the event id there, or ''  5 how many frames at most
-- Answers {epoch, newest, offset of the end or -1, earlier epochs, frames {id, fields} after the reader's newest, or from the oldest kept on}
local state, stream, kept, ids = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local s = redis.call('HMGET', state, 'epoch', 'newest', 'ended', 'earlier')
local epoch, newest, ended, earlier = s[1], tonumber(s[2] or 0), tonumber(s[3] or -1), s[4] or ''
local after = tonumber(ARGV[3])

-- A server that has come back without what it had accepted, or with something else there, has lost history.
local lost = false
if epoch and epoch == ARGV[2] then
  lost = newest < after
  if not lost and ARGV[4] ~= '' then
    local there = redis.call('XRANGE', stream, after .. '-0', after .. '-0')[1]
    lost = there and there[2][6] ~= ARGV[4]
  end
end
if not epoch or lost then
  redis.call('DEL', stream, kept, ids)
  redis.call('HDEL', state, 'ended', 'version')
  epoch, ended = ARGV[1], -1
  newest = lost and math.max(newest, after) or 0
  redis.call('HSET', state, 'epoch', epoch, 'newest', newest, 'bytes', 0)
  redis.call('PEXPIRE', state, 2592000000)
end
local from = epoch == ARGV[2] and after + 1 or 0
return {epoch, newest, ended, earlier, redis.call('XRANGE', stream, from .. '-0', '+', 'COUNT', ARGV[5])}
