import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/**
 * A secret made on the first start and kept beside the data, readable by nobody else. It is written under
 * another name, synced and renamed: a crash leaves the whole key or none.
 */
export function keptKey(folder: string, name: string, bytes: number): string {
  const path = join(folder, name);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${path}.${process.pid}.new`;
    const file = openSync(draft, "wx", 0o600);
    writeSync(file, randomBytes(bytes).toString("base64url"));
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
  }
  const key = readFileSync(path, "utf8").trim();
  if (!key) throw new Error(`The key file ${name} in the data folder is empty`);
  return key;
}
