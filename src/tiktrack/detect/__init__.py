"""Detection over small daily and hourly series: pure functions on numpy arrays, no clock, no files, no
chance.

``scan`` judges a daily count, ``hourly`` silence and holes within days, ``shares`` a k of n, ``rates``
campaigns against their own account, ``power`` what could have been seen at all. Method:
``docs/decisions/020-detection.md``.
"""
