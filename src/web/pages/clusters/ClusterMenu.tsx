import { Ellipsis, PlugZap, RotateCw, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Cluster } from "../../../contract/clusters.ts";
import { IconButton } from "../../parts/Button.tsx";
import { Menu, MenuItem, MenuLine } from "../../parts/Menu.tsx";
import { RemoveCluster } from "./RemoveCluster.tsx";
import { useClusterDeeds } from "./use-cluster-deeds.ts";

/** What can be done with one cluster of the list. */
export function ClusterMenu({ cluster }: { cluster: Cluster }) {
  const { name } = cluster;
  const { test, refresh, makeDefault } = useClusterDeeds(name);
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <Menu trigger={<IconButton label={`Actions for ${name}`} icon={Ellipsis} size="small" />}>
        <MenuItem icon={PlugZap} onSelect={test}>
          Test connection
        </MenuItem>
        <MenuItem icon={RotateCw} onSelect={refresh}>
          Refresh
        </MenuItem>
        <MenuItem
          icon={Star}
          onSelect={makeDefault}
          disabledReason={cluster.default ? "It is the default" : undefined}
        >
          Make default
        </MenuItem>
        <MenuLine />
        <MenuItem
          icon={Trash2}
          danger
          onSelect={() => setRemoving(true)}
          disabledReason={cluster.role === "owner" ? undefined : "Only its owner may"}
        >
          Remove…
        </MenuItem>
      </Menu>
      <RemoveCluster name={name} open={removing} onOpenChange={setRemoving} />
    </>
  );
}
