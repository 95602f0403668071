/** How much HTTP takes before it says no. Tests wait less, and have fewer streams to open. */
export interface Limits {
  headersMs: number;
  requestMs: number;
  /** How long an operation that answers once may think. */
  handlerMs: number;
  heartbeatMs: number;
  /** How often a WebSocket is asked for a sign of life, how long it may be silent, and how long it may last. */
  pingMs: number;
  idleMs: number;
  longestMs: number;
  /** How often the sessions of everything open are looked at: an ended one is cut off within five seconds. */
  sessionMs: number;
  /** How long a reader may leave unread what it was sent. */
  unreadMs: number;
  streamsPerUser: number;
  socketsPerUser: number;
  streamsPerAddress: number;
  streams: number;
}

export const usualLimits: Readonly<Limits> = {
  headersMs: 15_000,
  requestMs: 30_000,
  handlerMs: 25_000,
  heartbeatMs: 15_000,
  pingMs: 20_000,
  idleMs: 15 * 60_000,
  longestMs: 8 * 3_600_000,
  sessionMs: 4_000,
  unreadMs: 30_000,
  streamsPerUser: 20,
  socketsPerUser: 5,
  streamsPerAddress: 200,
  streams: 5_000,
};
