/** An amount taken apart for a number and a unit; `undefined` for what has other spellings, such as exponents. */
export function partsOf(quantity: unknown): { number: string; unit: string } | undefined {
  const [, number, unit] = /^(\d*\.?\d*)(|[mkMGTPE]|[KMGTPE]i)$/.exec(String(quantity ?? "")) ?? [];
  return number === undefined || unit === undefined ? undefined : { number, unit };
}

export const unitsOf: Readonly<Record<string, readonly { value: string; label: string }[]>> = {
  cpu: [
    { value: "", label: "cores" },
    { value: "m", label: "thousandths" },
  ],
  bytes: [
    { value: "Mi", label: "MiB" },
    { value: "Gi", label: "GiB" },
    { value: "Ti", label: "TiB" },
    { value: "Ki", label: "KiB" },
    { value: "M", label: "MB" },
    { value: "G", label: "GB" },
    { value: "", label: "bytes" },
  ],
};
