/** V8's flags for a delivery. They hold for the whole process, from then on. */
export const HEAP_FLAGS = [
  // Otherwise V8 guesses which objects will live long. In one process of four it guesses wrong, and events cost a third more.
  '--no-allocation-site-pretenuring',
  // Otherwise the heap grows to several times what is in use.
  '--heap-growing-percent=100'
]

/**
 * The most that V8 keeps for new objects, in MB. With batches at 50 ms about a thousand events are in flight. They would
 * outlive the 48 MB that Node 20 and 22 allow, and V8 would copy each of them twice. Only a new heap can have another limit:
 * that of a thread. Node 24 allows 192 MB anyway, so the thread can go once Node 22 does.
 */
export const YOUNG_GENERATION = 192
