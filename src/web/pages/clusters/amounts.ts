import type { ClusterMetadata } from "../../../contract/clusters.ts";

const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
const number = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** "13.2 GiB" */
export function bytesText(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  return `${number.format(bytes / 1_024 ** power)} ${units[power]}`;
}

/** "1.2 cores" */
export function coresText(thousandths: number): string {
  const cores = thousandths / 1_000;
  return `${number.format(cores)} ${cores === 1 ? "core" : "cores"}`;
}

/** "8 cores, 32 GiB", as far as the cluster has said. */
export function capacityText({ cpuCapacity, memoryCapacity }: ClusterMetadata): string {
  const cores = Number(cpuCapacity) || 0;
  const mebibytes = Number.parseFloat(memoryCapacity) || 0;
  return [
    ...(cores ? [coresText(cores * 1_000)] : []),
    ...(mebibytes ? [bytesText(mebibytes * 2 ** 20)] : []),
  ].join(", ");
}
