-- Begins a new epoch of a channel: its frames may not be shown any more. Offsets go on.
-- KEYS  1 state  2 stream  3 kept  4 event ids
-- ARGV  1 channel to announce on  2 the new epoch  3 reason  4 what the epoch is made by, or ''
-- Answers the epoch that it is in now; '' if there is no such channel, or it has ended.
local state, stream, kept, ids = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local s = redis.call('HMGET', state, 'epoch', 'ended', 'version', 'earlier')
if not s[1] then return '' end
if ARGV[4] ~= '' and (s[3] == ARGV[4] or (not s[3] and redis.call('LLEN', kept) == 0)) then
  redis.call('HSET', state, 'version', ARGV[4])
  return s[1]
end
local lines = {s[1] .. ' ' .. ARGV[3]}
for line in string.gmatch(s[4] or '', '[^\n]+') do
  if #lines < 16 then lines[#lines + 1] = line end
end
redis.call('DEL', stream, kept, ids)
redis.call('HSET', state, 'epoch', ARGV[2], 'bytes', 0, 'earlier', table.concat(lines, '\n'))
if ARGV[4] ~= '' then redis.call('HSET', state, 'version', ARGV[4]) else redis.call('HDEL', state, 'version') end
redis.call('PEXPIRE', state, 2592000000)
redis.call('PUBLISH', ARGV[1], 'R')
return s[2] and '' or ARGV[2]
