import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFocusRequest } from "../inspector/focus-request.ts";

interface FieldLinkProps {
  id: string;
  node_id: string | undefined;
  /** A JSON Pointer into the node's settings; empty for none in particular. */
  path: string;
  className?: string | undefined;
  children: ReactNode;
}

/** Opens the drawing at a node, with the focus in the field that is meant. */
export function FieldLink({ id, node_id, path, className, children }: FieldLinkProps) {
  return (
    <Link
      to="/workflows/$id"
      params={{ id }}
      search={node_id === undefined ? {} : { node: node_id, panel: "settings" }}
      className={className}
      onClick={() => {
        if (node_id !== undefined && path !== "")
          useFocusRequest.setState({ request: { nodeId: node_id, path } });
      }}
    >
      {children}
    </Link>
  );
}
