/**
 * The program of a worker thread as text. The build puts it here, so that a worker can be started wherever this code runs, also from a bundle or a single
 * executable; null where the source runs unbuilt: then one thread reads.
 */
export const workerCode: string | null = null;
