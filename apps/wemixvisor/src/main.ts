#!/usr/bin/env node
import { runCli } from './cli.ts';
import { becomeCommandOfInit } from './container.ts';
import { processContext } from './context.ts';
import { failOnLostOutput } from './program-output.ts';

const advice = becomeCommandOfInit(process);
if (advice !== undefined) process.stderr.write(`wemixvisor: ${advice}\n`);
const context = processContext();
failOnLostOutput(process, context);
process.exitCode = await runCli(process.argv.slice(2), context);
