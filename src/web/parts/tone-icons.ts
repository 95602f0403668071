import {
  CircleCheck,
  ClockFading,
  Info,
  LoaderCircle,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from "lucide-react";
import type { Tone } from "../look/status.ts";

/** The picture that goes with a tone where no state is told. */
export const toneIcons: Readonly<Record<Tone, LucideIcon>> = {
  ok: CircleCheck,
  busy: LoaderCircle,
  warn: TriangleAlert,
  bad: OctagonX,
  idle: Info,
  stale: ClockFading,
};
