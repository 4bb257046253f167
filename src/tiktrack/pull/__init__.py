"""TikTok Business API v1.3 → files in a folder. Network and audit never meet: ``audit`` reads files.

Read the files from the ground up: ``clock`` ``secret`` ``failures`` ``codes`` ``limits`` (what may happen),
``client`` (the one door to httpx), ``folder`` ``manifest`` ``coverage`` (what is there already), ``paging``
``reports`` ``tasks`` ``snapshots`` … (what is asked), ``run`` (all of it in order).
"""
