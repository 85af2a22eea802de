import './app/app-shell.ts';
