import { reportUsage } from "./report-usage.js";

// Loaded before the product with `--import`: it learns from what the server prints that it is ready, so that
// nothing in the product knows it is measured.
const write = process.stdout.write.bind(process.stdout);
/** @param {string | Uint8Array} chunk */
function hear(chunk) {
  const [, url] = /is up at (http\S+)/.exec(String(chunk)) ?? [];
  if (!url) return write(chunk);
  reportUsage({ url });
  return true;
}
process.stdout.write = hear;
