DROP TRIGGER audit_key_is_not_removed;
DROP TRIGGER audit_key_is_only_sealed_anew;
DROP TRIGGER audit_key_is_not_replaced;
DROP TRIGGER audit_head_is_alone;
