import { Link } from "@tanstack/react-router";
import { Ellipsis, Layers, Play, Settings } from "lucide-react";
import { IconButton } from "../../parts/Button.tsx";
import { Menu, MenuItem } from "../../parts/Menu.tsx";

const otherPages = [
  { to: "/workflows/$id/runs", label: "Runs", icon: Play },
  { to: "/workflows/$id/versions", label: "Versions", icon: Layers },
  { to: "/workflows/$id/settings", label: "Settings", icon: Settings },
] as const;

/** What there is of a workflow beside its drawing. */
export function OtherPages({ id }: { id: string }) {
  return (
    <Menu trigger={<IconButton label="Runs, versions, settings" icon={Ellipsis} size="small" />}>
      {otherPages.map(({ to, label, icon: Icon }) => (
        <MenuItem key={to} asChild>
          <Link to={to} params={{ id }}>
            <Icon size={16} aria-hidden />
            {label}
          </Link>
        </MenuItem>
      ))}
    </Menu>
  );
}
