import { createServer } from "node:http";
import { listenAndReport } from "../harness/report-usage.js";

listenAndReport(createServer((_request, response) => response.end("hello")));
