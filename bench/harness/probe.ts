import { reportUsage } from "./report-usage.ts";

// Loaded before the product with `--import`: it learns from what the server prints that it is ready, so that
// nothing in the product knows it is measured.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = ((chunk: string | Uint8Array, ...rest: []) => {
  const [, url] = /is up at (http\S+)/.exec(String(chunk)) ?? [];
  if (url) reportUsage({ url });
  else write(chunk, ...rest);
  return true;
}) as typeof process.stdout.write;
