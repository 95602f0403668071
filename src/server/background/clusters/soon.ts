/** What a look or a measurement has to be done by, all calls together. */
const patienceMs = 10_000;

export function soon(stopping?: AbortSignal): AbortSignal {
  const late = AbortSignal.timeout(patienceMs);
  return stopping ? AbortSignal.any([stopping, late]) : late;
}
