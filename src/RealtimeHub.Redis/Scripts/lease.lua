-- Takes a lease that is free, or keeps one that is held.
-- KEYS  1 the lease      ARGV  1 who  2 for how many milliseconds; 0 gives it back
-- Answers who holds it now.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return holder end
if ARGV[2] == '0' then redis.call('DEL', KEYS[1]) return '' end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]
