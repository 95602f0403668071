/**
 * Says events at an even pace when asked to, over nodes in turn, each with its number and the time it was said at,
 * and reports when it has said all of them.
 * @param {(node_id: string, message: string) => void} say
 */
export function talkWhenAsked(say) {
  let number = 0;
  process.on(
    "message",
    (/** @type {{ ask?: string, events: number, perSecond: number, nodes: number }} */ told) => {
      if (told.ask !== "talk") return;
      const { events, perSecond, nodes } = told;
      const startMs = performance.now();
      let said = 0;
      const timer = setInterval(
        () => {
          const due = Math.min(events, Math.floor(((performance.now() - startMs) * perSecond) / 1_000));
          for (; said < due; said += 1) {
            number += 1;
            say(
              `node-${number % nodes}`,
              `${number} ${(performance.timeOrigin + performance.now()).toFixed(2)}`,
            );
          }
          if (said < events) return;
          clearInterval(timer);
          process.send?.({ type: "said", last: number });
        },
        Math.min(5, 1_000 / perSecond),
      );
    },
  );
}
