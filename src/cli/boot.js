#!/usr/bin/env node
// Compiled code is kept beside the bundle. It has to be asked for before the bundle is loaded, and written down
// once everything needed has been compiled: a process that ends by a signal writes nothing by itself.
import { enableCompileCache, flushCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";

// What a request makes is dead when it is answered. V8 takes what waits for the disk together for what is here to stay,
// makes more of it among the old, and that keeps every document saved since alive until the next full collection.
setFlagsFromString("--no-allocation-site-pretenuring");
enableCompileCache(new URL("./cache", import.meta.url).pathname);
await import("./release/main.js");
setTimeout(flushCompileCache, 3_000).unref();
