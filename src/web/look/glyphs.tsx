import type { ReactNode } from "react";

/** The picture of a kind of node, 16 px, in the colour of the text; the kind's name stands beside it. */
export function KindGlyph({ kind, size = 16 }: { kind: string; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[kind.toLowerCase()] ?? unknown}
    </svg>
  );
}

const unknown = (
  <>
    <path d="M8 1.75 13.5 4.9v6.2L8 14.25 2.5 11.1V4.9Z" strokeDasharray="2 1.6" />
    <path d="M8 6.25v3.5M6.25 8h3.5" />
  </>
);

const shapes: Readonly<Record<string, ReactNode>> = {
  deployment: (
    <>
      <rect x="2.25" y="5.25" width="8.5" height="8.5" rx="1.5" />
      <path d="M5.25 2.75h6.5a1.5 1.5 0 0 1 1.5 1.5v6.5" />
    </>
  ),
  statefulset: (
    <>
      <rect x="2.25" y="2.25" width="11.5" height="3" rx="1" />
      <rect x="2.25" y="6.5" width="11.5" height="3" rx="1" />
      <rect x="2.25" y="10.75" width="11.5" height="3" rx="1" />
    </>
  ),
  daemonset: (
    <>
      <rect x="2.25" y="2.25" width="4.5" height="4.5" rx="1" />
      <rect x="9.25" y="2.25" width="4.5" height="4.5" rx="1" />
      <rect x="2.25" y="9.25" width="4.5" height="4.5" rx="1" />
      <rect x="9.25" y="9.25" width="4.5" height="4.5" rx="1" />
    </>
  ),
  job: (
    <>
      <rect x="2.25" y="2.25" width="11.5" height="11.5" rx="2" />
      <path d="m6.5 5.5 4 2.5-4 2.5Z" />
    </>
  ),
  cronjob: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.75V8l2.25 1.5" />
    </>
  ),
  pod: <path d="M8 1.75 13.5 4.9v6.2L8 14.25 2.5 11.1V4.9ZM2.5 4.9 8 8m0 0 5.5-3.1M8 8v6.25" />,
  replicaset: (
    <>
      <rect x="2.25" y="4.75" width="5" height="6.5" rx="1" />
      <path d="M9.25 4.75h1a1 1 0 0 1 1 1v4.5a1 1 0 0 1-1 1h-1M12.75 5.5v5" />
    </>
  ),
  service: (
    <>
      <path d="M8 1.75 14.25 8 8 14.25 1.75 8Z" />
      <circle cx="8" cy="8" r="1.75" />
    </>
  ),
  ingress: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M2.25 8h11.5M8 2.25c2 1.7 2.75 3.6 2.75 5.75S10 12.05 8 13.75C6 12.05 5.25 10.15 5.25 8S6 3.95 8 2.25Z" />
    </>
  ),
  configmap: (
    <>
      <path d="M3.25 2.25h6.5l3 3v8.5h-9.5Z" />
      <path d="M5.75 7.25h4.5M5.75 10.25h3" />
    </>
  ),
  secret: (
    <>
      <circle cx="5.25" cy="10.75" r="3" />
      <path d="m7.5 8.5 6-6M11 5l2 2" />
    </>
  ),
  persistentvolumeclaim: (
    <>
      <ellipse cx="8" cy="3.75" rx="5.25" ry="2" />
      <path d="M2.75 3.75v8.5c0 1.1 2.35 2 5.25 2s5.25-.9 5.25-2v-8.5M2.75 8c0 1.1 2.35 2 5.25 2s5.25-.9 5.25-2" />
    </>
  ),
  hpa: (
    <>
      <path d="M2.25 13.75v-3M6 13.75v-5M9.75 13.75v-3.5" />
      <path d="M13.5 13.75V3M11.25 5.25 13.5 3l1.5 2" />
    </>
  ),
  networkpolicy: (
    <>
      <path d="M8 1.75 13.25 3.5v4.25c0 3.25-2.1 5.4-5.25 6.5-3.15-1.1-5.25-3.25-5.25-6.5V3.5Z" />
      <path d="m5.75 8 1.6 1.6 3-3.1" />
    </>
  ),
  namespace: (
    <path d="M2.25 5.25v-3h3M10.75 2.25h3v3M13.75 10.75v3h-3M5.25 13.75h-3v-3" strokeDasharray="2.5 1.5" />
  ),
  node: (
    <>
      <rect x="2.25" y="3.25" width="11.5" height="9.5" rx="1.5" />
      <path d="M2.25 8h11.5M4.75 5.6h.01M4.75 10.4h.01" />
    </>
  ),
  object: (
    <>
      <path d="M5.75 2.5H4.5a1.25 1.25 0 0 0-1.25 1.25v2.5c0 1-.5 1.75-1.25 1.75.75 0 1.25.75 1.25 1.75v2.5A1.25 1.25 0 0 0 4.5 13.5h1.25M10.25 2.5h1.25a1.25 1.25 0 0 1 1.25 1.25v2.5c0 1 .5 1.75 1.25 1.75-.75 0-1.25.75-1.25 1.75v2.5a1.25 1.25 0 0 1-1.25 1.25h-1.25" />
    </>
  ),
};
