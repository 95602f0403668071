import { useState } from "react";
import { useBoard } from "./board-store.ts";

/** While a card is dragged, this stays as it was: what stands beside the canvas would hold the card up, or move it away. */
export function useHeld<Value>(meant: Value): Value {
  const isDragging = useBoard(({ dragged }) => dragged !== undefined);
  const [held, hold] = useState({ value: meant });
  if (held.value !== meant && !isDragging) hold({ value: meant });
  return isDragging ? held.value : meant;
}
