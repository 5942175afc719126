-- Takes one of a rate and a burst: the generic cell rate algorithm, by the clock of Redis.
-- KEYS  1 when everything taken so far is paid for, microseconds      ARGV  1 microseconds per one  2 burst
-- Answers how many microseconds to wait; 0 if it was taken.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local interval = tonumber(ARGV[1])
local paid = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now) + interval
local over = paid - now - interval * tonumber(ARGV[2])
if over > 0 then return over end
redis.call('SET', KEYS[1], string.format('%.0f', paid), 'PX', math.ceil((paid - now) / 1000) + 1)
return 0
