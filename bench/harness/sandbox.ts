import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { serverCertPem, serverKeyPem } from "../../test/support/certificates.ts";
import { reportUsage } from "./report-usage.js";

// A simulated cluster behind TLS, a process of its own: what it does is not to be counted as ours.
const sandbox = await startSandbox({ pace: 0, tls: { cert: serverCertPem, key: serverKeyPem } });
let from = 0;

type Told = { ask?: string; name?: string; latencyMs?: number; isFaulty?: boolean };

process.on("message", ({ ask, name = "", latencyMs = 0, isFaulty = false }: Told) => {
  if (ask === "token") process.send?.({ type: "token", token: sandbox.issue(name) });
  if (ask === "begin") {
    sandbox.faults.latency(latencyMs);
    sandbox.faults.rate(isFaulty ? 0.02 : 0, isFaulty ? 0.01 : 0, 7);
    from = sandbox.requests.length;
    process.send?.({ type: "begun" });
  }
  if (ask === "count") process.send?.({ type: "count", requests: sandbox.requests.slice(from) });
});
reportUsage({ url: sandbox.server });
process.channel?.ref();
