#!/usr/bin/env node
import { runCli } from './cli.ts';
import { becomeCommandOfInit } from './container.ts';
import { processContext } from './context.ts';

const advice = becomeCommandOfInit(process);
if (advice !== undefined) process.stderr.write(`wemixvisor: ${advice}\n`);
process.exitCode = await runCli(process.argv.slice(2), processContext());
