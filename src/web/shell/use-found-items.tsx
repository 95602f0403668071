import { useRouter } from "@tanstack/react-router";
import { Box, Boxes, Package, Server, Workflow } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { api } from "../../contract/api.ts";
import type { Found } from "../../contract/search.ts";
import { useRead } from "../api.ts";
import type { PaletteItem } from "./use-palette-items.tsx";

const leastTyped = 3;
const pauseMs = 120;

/** What the server finds, from the third letter on, once typing pauses. */
export function useFoundItems() {
  const [typed, setTyped] = useState("");
  const [q, setQ] = useState("");
  const router = useRouter();
  const isEnough = [...q].length >= leastTyped;
  const { data } = useRead(api.search, { query: { q } }, { enabled: isEnough, keepPrevious: true });

  useEffect(() => {
    const timer = window.setTimeout(() => setQ(typed.trim()), pauseMs);
    return () => window.clearTimeout(timer);
  }, [typed]);

  const found = useMemo(
    () => (data && isEnough ? itemsOf(data, (href) => router.history.push(href)) : []),
    [data, isEnough, router],
  );
  return { found, ask: setTyped };
}

function itemsOf(found: Found, go: (href: string) => void): PaletteItem[] {
  const node = (workflow_id: string, node_id: string) =>
    `/workflows/${workflow_id}?node=${encodeURIComponent(JSON.stringify(node_id))}`;
  return [
    ...found.workflows.map(({ id, name }) => ({
      id: `workflow ${id}`,
      label: name,
      hint: "Workflow",
      icon: <Workflow size={16} aria-hidden />,
      run: () => go(`/workflows/${id}`),
    })),
    ...found.nodes.map(({ workflow_id, workflow_name, node_id, name, type }) => ({
      id: `node ${workflow_id} ${node_id}`,
      label: name,
      hint: `${type} in ${workflow_name}`,
      icon: <Box size={16} aria-hidden />,
      run: () => go(node(workflow_id, node_id)),
    })),
    ...found.images.map(({ image, workflow_id, workflow_name, node_id }) => ({
      id: `image ${image}`,
      label: image,
      hint: `image in ${workflow_name}`,
      icon: <Package size={16} aria-hidden />,
      run: () => go(node(workflow_id, node_id)),
    })),
    ...found.resources.map(({ id, name, namespace, type, clusterName }) => ({
      id: `resource ${id}`,
      label: name,
      hint: `${type} in ${clusterName} / ${namespace}`,
      icon: <Boxes size={16} aria-hidden />,
      run: () => go(`/resources/${id}`),
    })),
    ...found.clusters.map(({ name }) => ({
      id: `cluster ${name}`,
      label: name,
      hint: "Cluster",
      icon: <Server size={16} aria-hidden />,
      run: () => go(`/clusters/${encodeURIComponent(name)}`),
    })),
  ];
}
