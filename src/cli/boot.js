#!/usr/bin/env node
// Compiled code is kept beside the bundle. It has to be asked for before the bundle is loaded, and written down
// once everything needed has been compiled: a process that ends by a signal writes nothing by itself.
import { enableCompileCache, flushCompileCache } from "node:module";

enableCompileCache(new URL("./cache", import.meta.url).pathname);
await import("./release/main.js");
setTimeout(flushCompileCache, 3_000).unref();
