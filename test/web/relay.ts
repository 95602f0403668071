/** Passes on, between here and there, whatever comes: `node relay.ts FROM TO`, each a port of this machine or a socket's path. */
import { createConnection, createServer } from "node:net";

const [from = "", to = ""] = process.argv.slice(2);
const placeOf = (place: string) =>
  /^\d+$/.test(place) ? { host: "127.0.0.1", port: Number(place) } : { path: place };

const relay = createServer({ allowHalfOpen: true }, (near) => {
  const far = createConnection({ ...placeOf(to), allowHalfOpen: true });
  near.pipe(far).pipe(near);
  near.on("error", () => far.destroy());
  far.on("error", () => near.destroy());
  near.on("close", () => far.destroy());
  far.on("close", () => near.destroy());
});
relay.listen(placeOf(from), () => process.stdout.write("ready\n"));
