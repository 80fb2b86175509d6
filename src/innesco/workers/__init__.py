"""Workers: the roles beside the web. Each loads, calls one core function, keeps, sends."""
