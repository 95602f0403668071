import { writeFile } from "node:fs/promises";
import { api } from "../src/contract/api.ts";
import { describeApi } from "../src/server/http/describe-api.ts";

const file = new URL("../docs/openapi.json", import.meta.url);
await writeFile(file, `${JSON.stringify(describeApi(api), null, 2)}\n`);
