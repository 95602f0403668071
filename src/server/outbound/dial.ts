import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { addressRefused, type Judge } from "./judge.ts";

export interface TlsOptions {
  ca?: string;
  cert?: string;
  key?: string;
  /** The name the certificate has to bear, where it is not the host's. */
  servername?: string;
  rejectUnauthorized?: boolean;
}

/** What a connection to one host and port needs. */
export interface Place {
  hostname: string;
  port: number;
  tls: TlsOptions;
  /** Nothing is judged: only for what the server started itself. */
  trusted: boolean;
}

const connectMs = 5_000;

/** Opens connections to one place, and only to addresses that were judged, whatever its name means a moment later. */
export function dialer(judge: Judge, { hostname, port, tls, trusted }: Place): buildConnector.connector {
  const options = { ...tls, timeout: connectMs, allowH2: false };
  if (trusted) return buildConnector(options);
  const dial = buildConnector({ ...options, lookup: lookupIn(judge, port) });

  return (options, callback) => {
    const connect = () =>
      dial({ ...options, hostname }, (...[error, socket]) => {
        if (error) return callback(error, null);
        // What the socket says it reached is the last word.
        const reached = socket.remoteAddress ?? "";
        judge.mayReach(reached, hostname, port).then(
          (may) => {
            if (may) return callback(null, socket);
            socket.destroy();
            callback(addressRefused(), null);
          },
          (failure) => callback(failure, null),
        );
      });
    // A literal address is never looked up, so it is judged here.
    if (isIP(hostname) === 0) return connect();
    judge.addressesOf(hostname, port).then(connect, (error) => callback(error, null));
  };
}

function lookupIn(judge: Judge, port: number): LookupFunction {
  return (hostname, options, answer) => {
    judge.addressesOf(hostname, port).then(
      (addresses) => {
        const all = addresses.map((address) => ({ address, family: isIP(address) }));
        const [first] = all;
        if (!first) return answer(Object.assign(new Error("No address"), { code: "ENOTFOUND" }), "");
        if (options.all) answer(null, all);
        else answer(null, first.address, first.family);
      },
      (error) => answer(error, ""),
    );
  };
}
