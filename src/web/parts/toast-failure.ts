import { toast } from "./toast.ts";

/** For `onError`: says what did not work, and the server's reason. */
export function toastFailure(title: string): (error: Error) => void {
  return (error) => toast({ tone: "bad", title, text: error.message });
}
