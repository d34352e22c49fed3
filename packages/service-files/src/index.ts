export { serviceFile } from './service-file.ts';
