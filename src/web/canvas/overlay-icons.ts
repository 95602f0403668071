import {
  CircleCheck,
  CircleDashed,
  CircleDot,
  ClockFading,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from "lucide-react";
import type { Tone } from "./overlay.ts";

export const toneIcons: Readonly<Record<Tone, LucideIcon>> = {
  ok: CircleCheck,
  busy: LoaderCircle,
  warn: TriangleAlert,
  bad: OctagonX,
  idle: CircleDashed,
  stale: ClockFading,
  accent: CircleDot,
};
