/** Watch mode: the processes of `npm start`, each restarted when its sources change, and the console served by Vite. */
process.env.SALLYPORT_DEV = '1';
await import('./start.mjs');
