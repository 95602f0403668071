import { type LayoutInput, layOut } from "../../core/layout/layered.ts";

// The page's own types know no worker; both say `postMessage`, to the other side.
const page = self as unknown as { postMessage(message: unknown): void };

self.onmessage = ({ data }: MessageEvent<LayoutInput>) => page.postMessage(layOut(data));
